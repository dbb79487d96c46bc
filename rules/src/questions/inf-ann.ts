import { questionsOf } from './question.ts'

export const infAnn = questionsOf('INF-ANN', [
  [
    1,
    'Chaque personne a-t-elle son propre compte, et faut-il s’identifier pour consulter l’annuaire ?',
    'L’annuaire est la liste des comptes de l’établissement. Un compte « salle-info » partagé par une classe, ou un annuaire ouvert à tous, répond non.',
    'referent',
    'Une copie d’écran de la liste des comptes génériques, ou le procès-verbal de leur suppression.',
  ],
  [
    2,
    'L’annuaire peut-il être interrogé par les autres outils de l’établissement ?',
    'Le pare-feu, la messagerie ou l’ENT y lisent les comptes au lieu de tenir chacun sa liste.',
    'referent',
    'La fiche technique du serveur d’annuaire.',
    0.25,
  ],
  [
    3,
    'Les arrivées et les départs passent-ils d’eux-mêmes des fichiers académiques à l’annuaire ?',
    'Un élève inscrit la veille peut ouvrir sa session le lendemain sans que personne ne ressaisisse son nom.',
    'referent',
    'Le compte rendu de la dernière synchronisation.',
  ],
  [
    4,
    'Sait-on qui a créé, modifié ou supprimé un compte ?',
    'L’annuaire garde une trace datée de chaque changement, avec son auteur.',
    'referent',
    'Un extrait du journal des modifications, sans nom.',
    0.25,
  ],
  [
    5,
    'Les échanges avec l’annuaire sont-ils chiffrés ?',
    'Sans chiffrement, un mot de passe peut être lu par toute machine du réseau.',
    'referent',
    'La configuration du serveur ou un contrôle de votre prestataire.',
    0.25,
  ],
  [
    6,
    'L’annuaire ne contient-il que ce dont il a besoin ?',
    'Une date de naissance ou une adresse postale importée « au cas où » n’a rien à y faire.',
    'referent',
    'La liste des champs importés.',
  ],
  [
    7,
    'Si l’annuaire est rempli par un autre fichier que ceux de l’Éducation nationale ou de l’ENT, est-il inscrit au registre des traitements ?',
    'Le registre est tenu avec le délégué à la protection des données. Sans autre fichier, répondez « sans objet ».',
    'dpo',
    'La fiche du registre des traitements.',
  ],
  [
    8,
    'L’annuaire est-il exempt de renseignements sur la vie privée ?',
    'Ni numéro de téléphone personnel, ni photographie sans accord, ni situation familiale.',
    'referent',
    'La liste des champs remplis dans l’annuaire.',
  ],
])
