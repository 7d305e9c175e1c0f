// A sentence of the check, as parts of an element: what it sets apart as typed in a file is shown as code.
export const coded = (sentence) => sentence.split('`').map((part, place) => (place % 2 ? Object.assign(document.createElement('code'), { textContent: part }) : part));
