import { Command, Help } from 'commander'

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Utilisation :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Global Options:': 'Options communes :',
  'Commands:': 'Commandes :',
}

const ERRORS: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.+)'/, 'Commande inconnue : $1.'],
  [/^error: unknown option '(.+)'/, 'Option inconnue : $1.'],
  [/^error: missing required argument '(.+)'/, 'Il manque : <$1>.'],
  [/^error: required option '(.+)' not specified/, 'L’option $1 est obligatoire.'],
  [/^error: option '(.+)' argument missing/, 'L’option $1 attend une valeur.'],
  [
    /^error: option '(.+)' argument '(.*)' is invalid\. Allowed choices are (.+)\./,
    'L’option $1 n’accepte pas « $2 ». Choix possibles : $3.',
  ],
  [/^error: option '(.+)' argument '(.*)' is invalid\. ?/, 'L’option $1 n’accepte pas « $2 ». '],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.+)'\. Allowed choices are (.+)\./,
    '« $1 » n’est pas admis pour <$2>. Choix possibles : $3.',
  ],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.+)'\. ?/,
    '« $1 » n’est pas admis pour <$2>. ',
  ],
  [
    /^error: too many arguments(.*)\. Expected (\d+) arguments? but got (\d+)/,
    'Trop d’arguments : $2 attendu(s), $3 donné(s)',
  ],
  [/^error: option '(.+)' cannot be used with option '(.+)'/, 'Les options $1 et $2 ne vont pas ensemble.'],
  [/\(Did you mean one of (.+)\?\)/, 'Vouliez-vous dire l’un de : $1 ?'],
  [/\(Did you mean (.+)\?\)/, 'Vouliez-vous dire $1 ?'],
  [/^error: /, ''],
]

/** Commander's own refusal, in French. */
export const frenchError = (message: string): string =>
  ERRORS.reduce((text, [pattern, french]) => text.replace(pattern, french), message)

const frenchTerms = (text: string): string =>
  text
    .replace('(choices: ', '(choix : ')
    .replace('(default: ', '(par défaut : ')
    .replace(', default: ', ', par défaut : ')

const EXIT_CODES = `
Codes de sortie :
  0   tout s’est bien passé
  1   la commande a répondu « non » : journal rompu, lignes refusées, objet introuvable
  2   commande ou valeur incorrecte
  3   l’environnement empêche de démarrer : port, dossier, base de données, clé maîtresse
  70  erreur interne`

/** Root command whose help and refusals are French; its subcommands inherit them. */
export function createFrenchProgram(name: string): Command {
  const defaults = new Help()
  return new Command(name)
    .helpOption('-h, --help', 'affiche cette aide')
    .helpCommand('help [commande]', 'affiche l’aide d’une commande')
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      commandUsage: (command) =>
        defaults.commandUsage(command).replace('[command]', '[commande]').replace('[options]', '[options]'),
      optionDescription: (option) => frenchTerms(defaults.optionDescription(option)),
      argumentDescription: (argument) => frenchTerms(defaults.argumentDescription(argument)),
    })
    .configureOutput({ outputError: (text, write) => write(frenchError(text)) })
    .showHelpAfterError('(vigie --help liste les commandes et les options.)')
    .addHelpText('afterAll', EXIT_CODES)
    .exitOverride()
}
