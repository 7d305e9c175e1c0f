// What a library that draws says in its own words, in ours: a word that has none stays, and {names} are filled in.
export const saying = (words) => (said, values = {}) => (words[said] ?? said).replace(/{([^}]+)}/g, (whole, name) => values[name] ?? whole);
