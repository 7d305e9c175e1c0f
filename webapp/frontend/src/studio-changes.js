// The two pictures of a diagram that a draft changes, with a sign on whatever differs.
//   <section data-compared>
//     <button data-element="sign_plan" data-sign="changed" hidden>Show</button>
//     <div data-pictures hidden> <div data-diagram="/address" data-side="before"></div> <p data-picture-said></p> </div>
//   </section>
// What changed is what the page says in words; the differ adds what only a picture has: what was redrawn elsewhere.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { diff } from 'bpmn-js-differ';
import accord from './parts/modeller/accord.json';

const SIGNS = { added: '+', removed: '−', changed: '~', moved: '↔' };
const SIDES = { added: ['after'], removed: ['before'], changed: ['before', 'after'], moved: ['before', 'after'] };
const BANDS = new Set(['bpmn:Lane', 'bpmn:Participant', 'bpmn:Collaboration']);
const STEP = 80;          // how far an arrow key moves, in pixels
const PUSH = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
const ZOOM = { '+': 1, '=': 1, '-': -1 };
const READABLE = 0.7;

async function drawn(region) {
  const viewer = new NavigatedViewer({ container: region, moddleExtensions: { accord }, zoomScroll: { enabled: false } });
  const answer = await fetch(region.dataset.diagram, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`the diagram could not be fetched (${answer.status})`);
  await viewer.importXML(await answer.text());
  region.addEventListener('keydown', (event) => press(viewer, event));
  region.dataset.shown = 'yes';
  return viewer;
}

function press(viewer, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const canvas = viewer.get('canvas');
  if (PUSH[event.key]) canvas.scroll({ dx: PUSH[event.key][0], dy: PUSH[event.key][1] });
  else if (ZOOM[event.key]) viewer.get('zoomScroll').stepZoom(ZOOM[event.key]);
  else if (event.key === '0') canvas.zoom('fit-viewport', 'auto');
  else return;
  event.preventDefault();
}

// The sign of each element that differs: as the page says it, else as the differ found it.
function signs(buttons, { before, after }) {
  const found = new Map();
  if (before && after) {
    const { _added, _removed, _layoutChanged } = diff(before.getDefinitions(), after.getDefinitions());
    for (const [sign, elements] of Object.entries({ moved: _layoutChanged, added: _added, removed: _removed })) {
      for (const [id, element] of Object.entries(elements)) if (!BANDS.has(element?.$type)) found.set(id, sign);
    }
  }
  for (const { dataset } of buttons) found.set(dataset.element, dataset.sign);
  return found;
}

function mark(viewer, id, sign) {
  const element = viewer.get('elementRegistry').get(id);
  if (!element || (sign === 'moved' && element.waypoints)) return;
  viewer.get('canvas').addMarker(id, `app-is-${sign}`);
  const badge = document.createElement('span');
  badge.className = `app-sign app-sign--${sign}`;
  badge.textContent = SIGNS[sign];
  const middle = element.waypoints?.[Math.floor(element.waypoints.length / 2)];
  const position = middle ? { left: middle.x - element.x - 10, top: middle.y - element.y - 10 } : { top: -12, left: -8 };
  viewer.get('overlays').add(id, { position, html: badge, scale: false });
}

// All of it; and where that is too small to read, what differs first, at a size that can be read.
function look(viewer, ids) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  const first = ids.map((id) => viewer.get('elementRegistry').get(id)).find((element) => element && !element.waypoints);
  if (canvas.zoom() >= READABLE || !first) return;
  canvas.zoom(READABLE);
  canvas.scrollToElement(first, 120);
}

function show(viewer, id) {
  const [canvas, registry] = [viewer.get('canvas'), viewer.get('elementRegistry')];
  registry.filter((each) => canvas.hasMarker(each, 'app-is-shown')).forEach((each) => canvas.removeMarker(each, 'app-is-shown'));
  const element = registry.get(id);
  if (!element) return false;
  canvas.addMarker(id, 'app-is-shown');
  if (canvas.zoom() < READABLE) canvas.zoom(READABLE);
  canvas.scrollToElement(element, 60);
  return true;
}

async function begin(section) {
  const pictures = section.querySelector('[data-pictures]');
  const buttons = [...section.querySelectorAll('[data-element]')];
  pictures.hidden = false;   // before the drawing: it is fitted to the room that it has
  const viewers = {};
  for (const region of pictures.querySelectorAll('[data-diagram]')) viewers[region.dataset.side] = await drawn(region);
  const found = signs(buttons, viewers);
  for (const [id, sign] of found) {
    for (const side of SIDES[sign]) if (viewers[side]) mark(viewers[side], id, sign);
  }
  const told = buttons.map((button) => button.dataset.element);
  for (const viewer of Object.values(viewers)) look(viewer, [...told, ...found.keys()]);
  for (const button of buttons) {
    const there = Object.values(viewers).some((viewer) => viewer.get('elementRegistry').get(button.dataset.element));
    button.hidden = !there;
    button.addEventListener('click', () => {
      const where = Object.entries(viewers).filter(([, viewer]) => show(viewer, button.dataset.element)).map(([side]) => side);
      pictures.querySelector('[data-picture-said]').textContent = `Shown on the picture ${where.map((side) => (side === 'before' ? 'as it was' : 'as it is in this draft')).join(' and ')}.`;
      pictures.scrollIntoView({ block: 'nearest' });
    });
  }
  section.dataset.shown = 'yes';
}

// One after another: a draft can change many diagrams, and each is drawn once it comes near.
const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    begin(target).catch((error) => {
      target.querySelector('[data-pictures]').hidden = true;
      console.error(error);
    });
  }
}, { rootMargin: '400px' });
document.querySelectorAll('[data-compared]').forEach((section) => near.observe(section));
