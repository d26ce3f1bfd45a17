import { help } from './cli/help.js';
import { commandOf, OptionError, readOptions } from './cli/options.js';
import { writeResult } from './report/write.js';
import { runBench } from './run/bench.js';

/** `npm run bench -- payments …` @returns the exit code */
export async function benchPayments(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === undefined) {
      console.log(help);
      return 0;
    }
    const result = await runBench(options, commandOf(args));
    await writeResult(result, options);
    return result.void.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof OptionError ? error.message : error);
    return 1;
  }
}
