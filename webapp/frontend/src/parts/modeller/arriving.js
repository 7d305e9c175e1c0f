// A deadline that the policy does not have yet is added on a page of its own. The way there, and the way back: the canvas
// is then opened with ?element=…&deadline=…, chooses that element and gives it that deadline, once.
import { make } from './boxes.js';

export function wayToNewDeadline(element) {
  const address = window.location.pathname.replace(/diagrams\/([^/]+)\/?$/, 'policy/new-deadline?to=canvas&process=$1');
  const link = make('a', { textContent: 'The deadline is not in the list: add it to the policy' });
  const point = () => { link.href = `${address}&element=${encodeURIComponent(element.id)}`; };
  point();
  link.addEventListener('click', point); // its id follows its name
  link.dataset.afterSaving = 'yes';
  return make('p', { className: 'app-panel__group' }, link);
}

export function arrived(elementRegistry, deadlines) {
  const asked = new URLSearchParams(window.location.search);
  const [element, deadline] = [elementRegistry.get(asked.get('element')), asked.get('deadline')];
  if (!element) return null;
  window.history.replaceState(null, '', window.location.pathname);
  return { element, deadline: deadlines.some(([key]) => key === deadline) ? deadline : '' };
}
