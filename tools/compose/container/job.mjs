/** Runs a job that ends; what goes wrong is one line that begins with the job's name. */
export async function job(name, work) {
  try {
    await work((line) => process.stdout.write(`${name}: ${line}\n`));
  } catch (error) {
    const line = error.name === 'ConfigError' ? error.message : `${name} cannot go on: ${reasons(error)}`;
    process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
}

/** What an error and those that led to it say, without saying anything twice. */
function reasons(error) {
  const said = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    const text = textOf(at);
    if (!said.some((earlier) => earlier.includes(text))) said.push(text);
  }
  return said.join(': ').replaceAll(/\s+/g, ' ');
}

/** A host with several addresses fails with one error for each of them, and no message of its own. */
const textOf = (error) => error.message || error.errors?.map(({ message }) => message).join(', ') || error.code;
