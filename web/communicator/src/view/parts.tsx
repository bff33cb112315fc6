import { type ComponentPropsWithRef, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { initials } from '../words/format.ts';
import { Icon, type IconName } from './Icon.tsx';
import { useWords } from './WordsProvider.tsx';

/** What went wrong, told at once. */
export function Trouble({ children }: { readonly children: string | undefined }): ReactNode {
  return (
    <div role="alert" className="alert-place">
      {children === undefined || children === '' ? null : <p className="trouble">{children}</p>}
    </div>
  );
}

/** A round button with its word below. */
export function RoundButton({
  icon,
  text,
  kind = 'plain',
  ...rest
}: { readonly icon: IconName; readonly text: string; readonly kind?: 'plain' | 'accept' | 'end' } & ComponentPropsWithRef<'button'>): ReactNode {
  return (
    <button type="button" className={`round ${kind}`} {...rest}>
      <span className="disc">
        <Icon name={icon} />
      </span>
      <span className="word">{text}</span>
    </button>
  );
}

/** A button that is a picture alone; its name is for who does not see it, and for the pointer that rests on it. */
export function IconButton({ icon, name, ...rest }: { readonly icon: IconName; readonly name: string } & ComponentPropsWithRef<'button'>): ReactNode {
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} {...rest}>
      <Icon name={icon} />
    </button>
  );
}

/** How many there are; whatever bears it says so in words. */
export function Badge({ count }: { readonly count: number }): ReactNode {
  return count === 0 ? null : <span className="badge" data-count={count > 99 ? '99+' : count} aria-hidden="true" />;
}

export function Avatar({ name, number, talking = false }: { readonly name: string; readonly number: string; readonly talking?: boolean }): ReactNode {
  return (
    <span className="avatar" data-talking={talking} data-letters={initials(name, number)} aria-hidden="true" />
  );
}

interface SwitchProps {
  readonly name: string;
  readonly help?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

export function Switch({ name, help, on, onChange }: SwitchProps): ReactNode {
  return (
    <label className="switch">
      <span className="switch-words">
        {name}
        {help === undefined ? null : <small>{help}</small>}
      </span>
      <input type="checkbox" role="switch" checked={on} onChange={(event) => onChange(event.target.checked)} />
    </label>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}

export function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A sheet over the page; Escape and its button close it. */
export function Sheet({ title, onClose, children }: { readonly title: string; readonly onClose: () => void; readonly children: ReactNode }): ReactNode {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog ref={dialog} className="sheet" aria-label={title} onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      <div className="sheet-body">
        <header className="sheet-top">
          <h2>{title}</h2>
          <IconButton icon="close" name={t('dialog.close')} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** Draws anew so many times a second. */
export function useTick(milliseconds: number, active = true): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    if (!active) return undefined;
    const timer = window.setInterval(() => setCount((count) => count + 1), milliseconds);
    return () => window.clearInterval(timer);
  }, [milliseconds, active]);
}

/** Width of an element, as it changes. */
export function useWidth(): readonly [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (element === null) return undefined;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width];
}

/** What fills the screen when it is wanted. */
export function useFullScreen<Element extends HTMLElement>(): [RefObject<Element | null>, () => void] {
  const element = useRef<Element>(null);
  const toggle = (): void => {
    const done = document.fullscreenElement === null ? element.current?.requestFullscreen() : document.exitFullscreen();
    done?.catch(() => undefined);
  };
  return [element, toggle];
}
