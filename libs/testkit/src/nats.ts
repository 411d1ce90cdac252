import { newUuid } from '@marquee/kernel';
import { serverUrl } from './servers.ts';

/** The run's NATS and a namespace of the caller's own, so that no test sees another's streams and subjects. */
export async function testNats(): Promise<{ readonly url: string; readonly namespace: string }> {
  return { url: await serverUrl('nats'), namespace: `test_${newUuid().replaceAll('-', '').slice(-16)}` };
}
