// Brings the panel to what it should say without taking away the box that somebody is in, or the button under a finger:
// where old and new are built alike their words and values are taken over, and only what differs is put anew.
const ATOMS = '.app-panel__group, .nhsuk-checkboxes, .app-panel__row, button, h2, h3, p';

const alike = (old, fresh) => old.nodeName === fresh.nodeName && old.childNodes.length === fresh.childNodes.length
  && [...old.childNodes].every((child, place) => alike(child, fresh.childNodes[place]));

export function settle(old, fresh) {
  if (alike(old, fresh)) take(old, fresh);
  else if (old.nodeName !== fresh.nodeName || old.matches?.(ATOMS) || old.childNodes.length !== fresh.childNodes.length) old.replaceWith(fresh);
  else pairs(old, fresh).forEach(([one, other]) => settle(one, other));
}

function take(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  pairs(old, fresh).forEach(([one, other]) => take(one, other));
  if (old.nodeName === 'OPTION') old.value = fresh.value;
  if (['INPUT', 'SELECT', 'TEXTAREA'].includes(old.nodeName) && old.value !== fresh.value) old.value = fresh.value;
  if (old.checked !== fresh.checked) old.checked = fresh.checked;
}

const pairs = (old, fresh) => {
  const others = [...fresh.childNodes];
  return [...old.childNodes].map((child, place) => [child, others[place]]);
};
