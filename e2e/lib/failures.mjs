/** A reporter of Node's test runner that prints nothing and tells run.mjs what failed, each in a few lines: its last words. */
export default async function* tell(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:fail' || data.details.type === 'suite') continue;
    const { error } = data.details;
    const why = error.cause?.stack ?? error.cause ?? error.message;
    process.send?.({ failure: `FAILED ${data.name}\n${String(why).split('\n').slice(0, 8).join('\n').slice(0, 1_500)}` });
  }
  yield '';
}
