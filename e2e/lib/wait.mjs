/** How long anything is waited for. */
export const WAIT_MS = 12_000;

export function deferred() {
  const it = {};
  it.promise = new Promise((resolve) => {
    it.resolve = resolve;
  });
  return it;
}

/** @param complaint what to say when it is not there in time, or a function that tells it then */
export function bounded(promise, complaint) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(typeof complaint === 'function' ? complaint() : complaint)), WAIT_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
