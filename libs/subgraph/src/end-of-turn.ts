/**
 * Does together, when a turn of the event loop has read all that there is, what the turn was asked for, so that a busy server
 * writes its answers in one go. A write wakes its reader, which costs as much as the write where he sleeps: after the
 * first of many he is awake. A server with time to spare reads one request a turn, and answers it as soon as ever.
 */
export function createTurn(): (work: () => void) => void {
  let waiting: (() => void)[] = [];
  const run = () => {
    const works = waiting;
    waiting = [];
    for (const work of works) work();
  };
  return (work) => {
    if (waiting.push(work) === 1) setImmediate(run);
  };
}
