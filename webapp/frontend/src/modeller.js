// A diagram of a draft on the canvas, with the panel of what is chosen and what the checker says beside it.
//   <form data-modeller="…" action="/address/to/save"> version, csrf_token, [data-said], buttons [data-do] </form>
//   <script type="application/json" data-modeller-given>{"text": …, "offer": …, "problems": […], "edits": true}</script>
// Without this script the page leads to the list editor, which can do the same.
import accord from './parts/modeller/accord.json';
import { freshening } from './parts/modeller/fresh.js';
import { canvasOf } from './parts/modeller/parts.js';
import { saving } from './parts/modeller/saving.js';
import { waysOf } from './parts/modeller/ways.js';

const DOING = {
  undo: (modeler) => modeler.get('commandStack').undo(),
  redo: (modeler) => modeler.get('commandStack').redo(),
  in: (modeler) => modeler.get('zoomScroll').stepZoom(1),
  out: (modeler) => modeler.get('zoomScroll').stepZoom(-1),
  fit,
};
const READABLE = 0.7;   // below this scale one has to look closely to read the words
const EDGE = 8;         // pixels between a drawing and its frame
const MARGIN = 60;      // pixels above a drawing that is less high than its frame: a button stands there

// All of it, beside the tools.
function fit(modeler) {
  const canvas = modeler.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  const { inner, outer } = canvas.viewbox();
  const tools = toolsOf(canvas);
  const scale = Math.min((outer.width - tools - EDGE) / inner.width, outer.height / inner.height, 1);
  look(canvas, scale, { x: inner.x - tools / scale, y: inner.y - Math.min(MARGIN, (outer.height - inner.height * scale) / 2) / scale });
}

// Where all of it would be too small to be read, the drawing begins at its start; the small map shows the rest.
function open(modeler) {
  fit(modeler);
  const canvas = modeler.get('canvas');
  if (canvas.zoom() >= READABLE) return;
  const { inner, outer } = canvas.viewbox();
  const start = modeler.get('elementRegistry').find((element) => element.type === 'bpmn:StartEvent') ?? inner;
  const top = inner.height * READABLE <= outer.height ? inner.y + inner.height / 2 - outer.height / READABLE / 2 : Math.max(inner.y, start.y - outer.height / READABLE / 2);
  look(canvas, READABLE, { x: inner.x - toolsOf(canvas) / READABLE, y: top });
}

// Pixels that the tools take from the left of the canvas.
function toolsOf(canvas) {
  const tools = canvas.getContainer().querySelector('.djs-palette');
  return tools ? tools.offsetLeft + tools.offsetWidth + 4 : EDGE;
}

function look(canvas, scale, { x, y }) {
  const { outer } = canvas.viewbox();
  canvas.viewbox({ x, y, width: outer.width / scale, height: outer.height / scale });
}

// The small map stands beside the drawing, not over it. It keeps where in the window it is, which scrolling changes.
function mapped(modeler, box) {
  const canvas = modeler.get('canvas');
  box.append(canvas.getContainer().querySelector('.djs-minimap'));
  for (const kind of ['pointerdown', 'wheel']) box.addEventListener(kind, () => canvas.resized(), { capture: true, passive: true });
}

// Where words are too small, the pointer tells what it is over.
function called(modeler, region) {
  modeler.on('element.hover', ({ element }) => {
    region.title = modeler.get('canvas').zoom() < READABLE ? element.businessObject?.name ?? '' : '';
  });
}

async function begin(page) {
  const given = JSON.parse(page.querySelector('[data-modeller-given]').textContent);
  const [box, form] = ['panel', 'form'].map((name) => page.querySelector(`[data-modeller-${name}]`));
  page.hidden = false;
  const modeler = canvasOf({
    edits: given.edits,
    container: page.querySelector('[data-modeller-canvas]'),
    moddleExtensions: { accord },
    minimap: { open: true },
    panel: { box, offer: given.offer, edits: given.edits },
    checks: { box: page.querySelector('[data-modeller-problems]'), count: page.querySelector('[data-modeller-count]') },
  });
  mapped(modeler, page.querySelector('[data-modeller-map]'));
  const checks = modeler.get('checks');
  await modeler.importXML(given.text);
  const look = waysOf(given.ways, { words: page.querySelector('[data-modeller-ways]'), told: (faults) => checks.ways(faults) });
  const told = (problems) => {
    checks.show(problems);
    look();
  };
  told(given.problems);
  open(modeler);
  if (given.edits) {
    saving(modeler, { form, words: page.querySelector('[data-modeller-said]'), told });
    freshening(given.choices, given.offer, () => modeler.get('panel').again());
  }
  for (const button of page.querySelectorAll('[data-do]')) button.addEventListener('click', () => DOING[button.dataset.do](modeler));
  called(modeler, page.querySelector('[data-modeller-canvas]'));
  page.dataset.shown = 'yes';
}

for (const page of document.querySelectorAll('[data-modeller]')) {
  begin(page).catch((error) => {
    page.hidden = true;
    document.querySelector('[data-modeller-failed]').hidden = false;
    console.error(error);
  });
}
