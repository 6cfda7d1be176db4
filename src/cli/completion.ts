import { Command, type Option } from 'commander';
import { InputError } from '../core/errors.js';
import { examples } from './options.js';

/** A command as a shell knows it: the words that lead to it, and what may follow. */
interface Place {
  readonly words: readonly string[];
  readonly command: Command;
}

const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
type Shell = keyof typeof SHELLS;

/** Prints what makes a shell complete commands and flags, from the commands that `whole` gives. */
export function completionCommand(whole: () => Command): Command {
  return new Command('completion')
    .description('print a script that makes a shell complete commands and flags')
    .argument('<shell>', Object.keys(SHELLS).join(', '))
    .addHelpText(
      'after',
      examples(
        'eval "$(anyrate completion bash)"                                     in ~/.bashrc',
        'eval "$(anyrate completion zsh)"                                      in ~/.zshrc, after compinit',
        'anyrate completion fish > ~/.config/fish/completions/anyrate.fish',
      ),
    )
    .action((shell: string) => {
      if (!Object.hasOwn(SHELLS, shell)) {
        const expected = Object.keys(SHELLS).join(', ');
        throw new InputError({ source: 'completion', expected, found: `"${shell}"`, mend: 'Name one of them.' });
      }
      process.stdout.write(SHELLS[shell as Shell](placesOf(whole())));
    });
}

/** The program and all commands below it. */
function placesOf(command: Command, words: readonly string[] = []): Place[] {
  const below = command.commands.flatMap((child) => placesOf(child, [...words, child.name()]));
  return [{ words, command }, ...below];
}

function flagsOf({ command }: Place): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

function namesOf({ command }: Place): string {
  return command.commands.map((child) => child.name()).join(' ');
}

/** One line of a `case`: for the words of a command, and maybe the flag before the cursor. */
function caseOf(words: readonly string[], flag: string, what: string): string {
  return `    '${[...words, flag].join(' ')}') ${what} ;;\n`;
}

function bashScript(places: readonly Place[]): string {
  const commands = places.filter(({ words }) => words.length > 0).map(({ words }) => `'${words.join(' ')}'`);
  const choices = places.flatMap((place) =>
    flagsOf(place).flatMap(({ long, argChoices }) =>
      long && argChoices ? caseOf(place.words, long, `words='${argChoices.join(' ')}'`) : [],
    ),
  );
  const flags = places.map((place) => {
    const longs = flagsOf(place).flatMap(({ long }) => long ?? []);
    return caseOf(place.words, '-', `words='${longs.join(' ')}'`);
  });
  const names = places
    .filter((place) => place.command.commands.length > 0)
    .map((place) => caseOf(place.words, '', `words='${namesOf(place)}'`));
  return `_anyrate() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" place='' words='' word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${place:+$place }\${COMP_WORDS[i]}"
    case "$word" in
    ${commands.join(' | ')}) place="$word" ;;
    esac
  done
  case "\${place:+$place }$previous" in
${choices.join('')}  esac
  if [[ -z $words && $current == -* ]]; then
    case "\${place:+$place }-" in
${flags.join('')}    esac
  elif [[ -z $words ]]; then
    case "\${place:+$place }" in
${names.join('')}    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _anyrate anyrate
`;
}

/** zsh reads bash's. */
function zshScript(places: readonly Place[]): string {
  return `autoload -U +X bashcompinit && bashcompinit\n${bashScript(places)}`;
}

function fishScript(places: readonly Place[]): string {
  return places
    .flatMap((place) => {
      const seen = place.words.map((word) => `__fish_seen_subcommand_from ${word}`);
      const names = place.command.commands.map((child) => child.name());
      const none = names.length > 0 ? [`not __fish_seen_subcommand_from ${names.join(' ')}`] : [];
      const line = (conditions: readonly string[], rest: string) =>
        `complete -c anyrate${conditions.length > 0 ? ` -n '${conditions.join('; and ')}'` : ''} ${rest}\n`;
      const commands = place.command.commands.map((child) =>
        line([...seen, ...none], `-f -a ${child.name()} -d ${quoted(child.description())}`),
      );
      const flags = flagsOf(place).flatMap(({ long, description, argChoices, required }) => {
        const values = argChoices ? ` -x -a '${argChoices.join(' ')}'` : required ? ' -r' : '';
        return long ? line(seen, `-l ${long.slice(2)} -d ${quoted(description)}${values}`) : [];
      });
      return [...commands, ...flags];
    })
    .join('');
}

/** A text as fish reads it in single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
