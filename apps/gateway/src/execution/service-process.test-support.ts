/** A service of the fake platform as a process of its own, so that it can be killed: `node … NAME PORT`. */
import { goodBehaviour, startFake } from '../fake-platform.test-support.ts';

const [, , name = '', port = '0'] = process.argv;
await startFake(name, goodBehaviour(), Number(port));
process.stdout.write('listening\n');
