import { questionsOf } from './question.ts'

export const utiCtr = questionsOf('UTI-CTR', [
  [
    1,
    'L’ENT offre-t-il le dialogue en ligne ou la visioconférence ?',
    'Sans passer par un service grand public.',
    'academie',
    'La description de l’ENT.',
    0.25,
  ],
  [
    2,
    'Le dialogue en ligne suit-il les mêmes règles que le courrier ?',
    'Adresses de l’établissement, mêmes limites, même respect. Si personne ne s’en sert, répondez « sans objet ».',
    'head',
    'L’article de la charte.',
  ],
])
