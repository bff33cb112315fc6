/** What failed, each in a few lines: said once more as the last words of a run, after what the server wrote. */
export const failures = [];

/** A reporter of Node's test runner that prints nothing and remembers. */
export default async function* remember(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:fail' || data.details.type === 'suite') continue;
    const { error } = data.details;
    const why = error.cause?.stack ?? error.cause ?? error.message;
    failures.push(`FAILED ${data.name}\n${String(why).split('\n').slice(0, 8).join('\n').slice(0, 1_500)}`);
  }
  yield '';
}
