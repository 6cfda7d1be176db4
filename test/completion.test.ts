import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { built } from './support/built.js';
import { testWith } from './support/tools.js';

const MAIN = built('cli/main.js').pathname;
const script = (shell: string) =>
  execFileSync(process.execPath, [MAIN, 'completion', shell], {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1' },
  });
const bash = script('bash');

/** What bash offers for the words of a line, the last of which is being typed. */
function completed(...words: readonly string[]): string[] {
  const line = ['anyrate', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `${bash}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _anyrate; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', ask], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

testWith('bash', 'bash completes commands, those below them, flags, and the values of flags', () => {
  expect(completed('tr')).toEqual(['train']);
  expect(completed('')).toEqual(expect.arrayContaining(['train', 'eval', 'export', 'bench', 'completion']));
  expect(completed('bench', '')).toEqual(['step', 'infer']);
  expect(completed('train', '--res')).toEqual(['--resume']);
  expect(completed('bench', 'step', '--th')).toEqual(['--threads']);
  expect(completed('train', '--epochs', '3', '--th')).toEqual(['--threads']);
  expect(completed('train', 'recordings/')).toEqual([]); // bash goes on with files
});

testWith('zsh', 'zsh completes by the same script', () => {
  const ask = `autoload -U compinit && compinit -u -D\n${script('zsh')}\nCOMP_WORDS=(anyrate bench ''); COMP_CWORD=2; emulate ksh -c '_anyrate; echo "\${COMPREPLY[@]}"'`;
  expect(execFileSync('zsh', ['-f', '-c', ask], { encoding: 'utf8' }).trim()).toBe('step infer');
});

testWith('fish', 'fish completes commands, flags and the values of flags', () => {
  const ask = (line: string) =>
    execFileSync('fish', ['--no-config', '-c', `${script('fish')}\ncomplete -C'${line}'`], { encoding: 'utf8' });
  expect(ask('anyrate tr')).toMatch(/^train\t/);
  expect(ask('anyrate bench ')).toMatch(/^infer\t.*\nstep\t/);
  expect(ask('anyrate train --res')).toMatch(/^--resume\t/m);
});

test('nothing is coloured, so that NO_COLOR has nothing to switch off and FORCE_COLOR nothing to switch on', () => {
  const env = { ...process.env, FORCE_COLOR: '1' };
  const printed = [['--help'], ['train', '--help'], ['recipe', 'list']].map((args) =>
    execFileSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', env }),
  );
  expect(printed.join('').includes('\x1b')).toBe(false);
  expect(bash.includes('\x1b')).toBe(false);
});
