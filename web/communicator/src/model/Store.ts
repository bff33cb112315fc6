import { useSyncExternalStore } from 'react';

/** Something that changes and tells so. What it holds is replaced, never changed. */
export class Store<S extends object> {
  private readonly listeners = new Set<() => void>();
  private current: S;

  constructor(first: S) {
    this.current = first;
  }

  readonly get = (): S => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  protected set(change: Partial<S>): void {
    const next = { ...this.current, ...change };
    const same = (Object.keys(change) as (keyof S)[]).every((key) => Object.is(next[key], this.current[key]));
    if (same) return;
    this.current = next;
    for (const listener of [...this.listeners]) listener();
  }
}

/** What a store holds now, for a component that follows it. */
export function useStore<S extends object>(store: Store<S>): S {
  return useSyncExternalStore(store.subscribe, store.get);
}
