// The drawings of a case, to look at and move around in: what waits is marked, and so is what is done.
//   <section data-diagrams hidden>
//     <button data-source="/address/of.bpmn" data-waiting="sign_plan" data-done="hold_meeting">Individual job plan</button>
//     <button data-zoom="in">…</button>
//     <div data-diagram="/address/of.bpmn" data-waiting="sign_plan" data-done="hold_meeting"></div>
//     and for a way: data-way="flow_1 meet flow_2" data-numbers="meet:2" data-place="join"
//     and for heat: data-heat='[["sign_plan", 5, "41%"]]', from 1 to 5, with what is written on the step
//   </section>
// The page says the same in words, as an ordered list: without this script the section stays hidden.
// Beside that, long parts of the page are folded where the screen is small.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

const READABLE = 0.8;    // below this scale one has to look closely to read the words
const LEAST = 0.3;       // below this scale nobody can make out which step is which
const STEP = 80;          // how far an arrow key moves, in pixels
const PUSH = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
const ZOOM = { '+': 'in', '=': 'in', '-': 'out', 0: 'fit' };

class Drawing {
  constructor(region) {
    this.region = region;
    // The wheel scrolls the page, as everywhere: zooming is for the buttons and keys.
    this.viewer = new NavigatedViewer({ container: region, zoomScroll: { enabled: false } });
    region.addEventListener('keydown', (event) => this.press(event));
  }

  get canvas() {
    return this.viewer.get('canvas');
  }

  async show({ source, waiting = '', done = '', way = '', numbers = '', place = '', heat = '[]' }) {
    const answer = await fetch(source, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`the diagram could not be fetched (${answer.status})`);
    await this.viewer.importXML(await answer.text());
    this.waiting = this.mark(waiting, 'app-waiting');
    this.mark(done, 'app-done');
    this.mark(way, 'app-way');
    this.waiting.push(...this.mark(place, 'app-place'));
    this.number(numbers);
    const warm = this.warm(JSON.parse(heat));
    this.waiting.push(...warm);
    this.fit(warm.length ? LEAST : READABLE);
    this.region.dataset.shown = source;
  }

  mark(ids, marker) {
    const drawn = this.viewer.get('elementRegistry');
    const found = ids.split(/\s+/).filter((id) => id && drawn.get(id));
    found.forEach((id) => this.canvas.addMarker(id, marker));
    return found;
  }

  // Where it is hottest comes first: that is what a picture too large to be made out begins with.
  warm(steps) {
    const drawn = this.viewer.get('elementRegistry');
    const found = steps.filter(([id]) => drawn.get(id)).sort((one, other) => other[1] - one[1]);
    for (const [id, level, said] of found) {
      this.canvas.addMarker(id, `app-heat-${level}`);
      this.say(id, said);
    }
    return found.map(([id]) => id);
  }

  say(id, words) {
    const html = document.createElement('span');
    html.className = 'app-way-number';
    html.textContent = words;
    this.viewer.get('overlays').add(id, { position: { top: -12, left: -12 }, scale: { min: 0.5 }, html });
  }

  // The steps of a way carry their numbers in the list.
  number(pairs) {
    const drawn = this.viewer.get('elementRegistry');
    const found = new Map();
    for (const pair of pairs.split(/\s+/).filter(Boolean)) {
      const [id, number] = pair.split(':');
      if (drawn.get(id)) found.set(id, [...(found.get(id) ?? []), number]);
    }
    for (const [id, numbers] of found) this.say(id, numbers.join(', '));
  }

  // All of it; and where that is too small, what waits now, at a size that can be read. Heat is to be compared, and what
  // is written over the drawing stays readable: there all of it comes first, if it can be made out at all.
  fit(least) {
    this.canvas.zoom('fit-viewport', 'auto');
    if (this.canvas.zoom() >= least || !this.waiting?.length) return;
    this.canvas.zoom(READABLE);
    const box = this.canvas.viewbox();
    const shape = this.viewer.get('elementRegistry').get(this.waiting[0]);
    this.canvas.viewbox({
      ...box,
      x: shape.x + shape.width / 2 - box.width / 2,
      y: shape.y + shape.height / 2 - box.height / 2,
    });
  }

  zoom(how) {
    if (how === 'fit') this.canvas.zoom('fit-viewport', 'auto');
    else this.viewer.get('zoomScroll').stepZoom(how === 'in' ? 1 : -1);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (PUSH[event.key]) {
      const [dx, dy] = PUSH[event.key];
      this.canvas.scroll({ dx, dy });
    } else if (ZOOM[event.key]) {
      this.zoom(ZOOM[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  }
}

function begin(section) {
  const region = section.querySelector('[data-diagram]');
  const choices = [...section.querySelectorAll('[data-source]')];
  section.hidden = false;    // before the drawing: it is fitted to the room that it has
  const drawing = new Drawing(region);
  const failed = (error) => {
    section.hidden = true;
    console.error(error);
  };

  const { diagram: source, ...marks } = region.dataset;
  const first = () => drawing.show({ source, ...marks }).catch(failed);
  // A folded drawing has no room to be fitted to: it is drawn when it is opened.
  const fold = section.querySelector('details');
  if (!fold || fold.open) first();
  else fold.addEventListener('toggle', first, { once: true });
  for (const choice of choices) {
    choice.addEventListener('click', () => {
      choices.forEach((other) => other.setAttribute('aria-pressed', String(other === choice)));
      region.setAttribute('aria-label', `Diagram: ${choice.textContent.trim()}`);
      drawing.show(choice.dataset).catch(failed);
    });
  }
  for (const button of section.querySelectorAll('[data-zoom]')) {
    button.addEventListener('click', () => drawing.zoom(button.dataset.zoom));
  }
}

// On a small screen the long parts of a page are folded; whoever goes to one by a link finds it open.
function foldParts() {
  const folds = [...document.querySelectorAll('details[data-fold]')];
  if (window.matchMedia('(max-width: 48em)').matches) folds.forEach((fold) => { fold.open = false; });
  const openTarget = () => {
    const target = window.location.hash && document.getElementById(window.location.hash.slice(1));
    const fold = target && target.querySelector('details[data-fold]');
    if (fold) fold.open = true;
  };
  window.addEventListener('hashchange', openTarget);
  openTarget();
}

foldParts();
document.querySelectorAll('[data-diagrams]').forEach(begin);
