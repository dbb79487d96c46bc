import { questionsOf } from './question.ts'

const NONE = 'Sans service de régénération, répondez « sans objet ».'

export const mcoReg = questionsOf('MCO-REG', [
  [
    1,
    'Peut-on garder plusieurs configurations d’un même poste ?',
    'Une pour le cours de langues, une pour l’atelier, par exemple.',
    'referent',
    'La liste des configurations.',
    0.25,
  ],
  [
    2,
    'Peut-on choisir la configuration à l’allumage ?',
    NONE,
    'referent',
    'Une photographie du menu de démarrage.',
    0.25,
  ],
  [
    3,
    'Les images des postes sont-elles remises à jour régulièrement ?',
    'Une image ancienne réinstalle des logiciels périmés.',
    'referent',
    'La date de la dernière image.',
    0.25,
  ],
  [
    4,
    'Peut-on remettre un poste à neuf à distance ?',
    'Sans se déplacer dans la salle.',
    'referent',
    'Le compte rendu d’un essai.',
    0.25,
  ],
  [
    5,
    'La remise à neuf se déroule-t-elle seule, une fois lancée ?',
    NONE,
    'referent',
    'Le compte rendu d’un essai.',
    0.25,
  ],
  [
    6,
    'Un serveur garde-t-il les configurations des postes ?',
    NONE,
    'referent',
    'La description du service.',
    0.25,
  ],
  [
    7,
    'Est-il écrit comment et par qui la remise à neuf s’utilise ?',
    'Les équipes ont décidé quelle configuration va à qui.',
    'head',
    'Les conditions d’utilisation.',
  ],
  [
    8,
    'Les utilisateurs savent-ils que trop de remises à neuf ralentissent le réseau ?',
    NONE,
    'head',
    'L’article de la charte.',
    0.25,
  ],
  [
    9,
    'Est-il écrit ce qu’un prestataire a le droit de faire avec ce service ?',
    NONE,
    'head',
    'L’article des conditions d’utilisation ou du contrat.',
  ],
])
