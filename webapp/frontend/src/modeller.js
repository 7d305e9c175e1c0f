// A diagram of a draft on the canvas, with the panel of what is chosen and what the checker says beside it.
//   <form data-modeller="…" action="/address/to/save"> version, csrf_token, [data-said], buttons [data-do] </form>
//   <script type="application/json" data-modeller-given>{"text": …, "offer": …, "problems": […], "edits": true}</script>
// Without this script the page leads to the list editor, which can do the same.
import Modeler from 'bpmn-js/lib/Modeler';
import minimap from 'diagram-js-minimap';
import accord from './parts/modeller/accord.json';
import { Arrows } from './parts/modeller/arrows.js';
import { Checks } from './parts/modeller/checks.js';
import { LabelEditing, Renderer } from './parts/modeller/lanes.js';
import { Naming } from './parts/modeller/naming.js';
import { ElementFactory, Palette } from './parts/modeller/palette.js';
import { Panel } from './parts/modeller/panel.js';
import { saving } from './parts/modeller/saving.js';
import { waysOf } from './parts/modeller/ways.js';

const DOING = {
  undo: (modeler) => modeler.get('commandStack').undo(),
  redo: (modeler) => modeler.get('commandStack').redo(),
  in: (modeler) => modeler.get('zoomScroll').stepZoom(1),
  out: (modeler) => modeler.get('zoomScroll').stepZoom(-1),
  fit,
};
const PALETTE = 72;     // pixels that the palette takes from the left of the canvas
const READABLE = 0.7;   // below this scale nobody can read the words

function fit(modeler) {
  const canvas = modeler.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min((outer.width - PALETTE) / inner.width, outer.height / inner.height, 1);
  look(canvas, scale, { x: inner.x - PALETTE / scale, y: inner.y + inner.height / 2 - outer.height / scale / 2 });
}

// A large drawing begins at its start, at a size that can be read: the minimap shows where that is.
function open(modeler) {
  fit(modeler);
  const canvas = modeler.get('canvas');
  if (canvas.zoom() >= READABLE) return;
  const { inner, outer } = canvas.viewbox();
  const start = modeler.get('elementRegistry').find((element) => element.type === 'bpmn:StartEvent') ?? inner;
  const top = inner.height * READABLE <= outer.height ? inner.y + inner.height / 2 - outer.height / READABLE / 2 : Math.max(inner.y, start.y - outer.height / READABLE / 2);
  look(canvas, READABLE, { x: inner.x - PALETTE / READABLE, y: top });
  if (window.innerWidth > 1500) modeler.get('minimap').open();
}

function look(canvas, scale, { x, y }) {
  const { outer } = canvas.viewbox();
  canvas.viewbox({ x, y, width: outer.width / scale, height: outer.height / scale });
}

async function begin(page) {
  const given = JSON.parse(page.querySelector('[data-modeller-given]').textContent);
  const [box, form] = ['panel', 'form'].map((name) => page.querySelector(`[data-modeller-${name}]`));
  page.hidden = false;
  const modeler = new Modeler({
    container: page.querySelector('[data-modeller-canvas]'),
    moddleExtensions: { accord },
    panel: { box, offer: given.offer, edits: given.edits },
    checks: { box: page.querySelector('[data-modeller-problems]'), count: page.querySelector('[data-modeller-count]') },
    additionalModules: [minimap, {
      __init__: ['panel', 'checks', 'naming', 'arrows'],
      paletteProvider: ['type', Palette],
      elementFactory: ['type', ElementFactory],
      arrows: ['type', Arrows],
      bpmnRenderer: ['type', Renderer],
      labelEditingProvider: ['type', LabelEditing],
      panel: ['type', Panel],
      checks: ['type', Checks],
      naming: ['type', Naming],
    }],
  });
  const checks = modeler.get('checks');
  await modeler.importXML(given.text);
  const look = waysOf(given.ways, { words: page.querySelector('[data-modeller-ways]'), told: (faults) => checks.ways(faults) });
  const told = (problems) => {
    checks.show(problems);
    look();
  };
  told(given.problems);
  open(modeler);
  if (given.edits) saving(modeler, { form, words: page.querySelector('[data-modeller-said]'), told });
  for (const button of page.querySelectorAll('[data-do]')) button.addEventListener('click', () => DOING[button.dataset.do](modeler));
  page.dataset.shown = 'yes';
}

for (const page of document.querySelectorAll('[data-modeller]')) {
  begin(page).catch((error) => {
    page.hidden = true;
    document.querySelector('[data-modeller-failed]').hidden = false;
    console.error(error);
  });
}
