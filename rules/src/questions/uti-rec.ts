import { questionsOf } from './question.ts'

export const utiRec = questionsOf('UTI-REC', [
  [
    1,
    'Peut-on chercher un document partout où l’on a accès ?',
    'Le disque, l’ENT, les serveurs, la base du CDI.',
    'referent',
    'Un essai sur un poste.',
    0.25,
  ],
  [
    2,
    'Une seule recherche interroge-t-elle toutes ces sources ?',
    'Une question, une réponse commune.',
    'referent',
    'Un essai sur un poste.',
    0.25,
  ],
  [
    3,
    'La recherche marche-t-elle aussi hors de l’établissement ?',
    'De la maison, par exemple.',
    'referent',
    'Un essai.',
    0.25,
  ],
  [
    4,
    'Les utilisateurs savent-ils qu’un fichier partagé peut être trouvé par d’autres ?',
    'C’est utile, et cela dévoile.',
    'head',
    'La charte ou la note d’information.',
  ],
  [
    5,
    'Une recherche ne montre-t-elle que ce que l’on a le droit de lire ?',
    'Pas même le titre d’un document interdit.',
    'referent',
    'Un essai avec deux comptes.',
    0.25,
  ],
  [
    6,
    'Les résultats montrés à un élève mineur sont-ils contrôlés ?',
    'Par un moteur adapté ou un filtre.',
    'referent',
    'Le réglage du moteur.',
    0.25,
  ],
])
