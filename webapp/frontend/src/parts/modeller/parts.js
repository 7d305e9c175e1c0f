// What the canvas is made of: to draw on it, or, for whoever may not change the drawing, to look at it.
import Modeler from 'bpmn-js/lib/Modeler';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import minimap from 'diagram-js-minimap';
import { Arrows } from './arrows.js';
import { Checks } from './checks.js';
import { Detours } from './detours.js';
import { LabelEditing, Renderer } from './lanes.js';
import { Limits } from './limits.js';
import { Menus } from './menus.js';
import { Naming } from './naming.js';
import { ElementFactory, Palette } from './palette.js';
import { Panel } from './panel.js';
import { Room } from './room.js';
import { AutoScroll } from './scrolling.js';
import { Telling } from './telling.js';
import { inOurs } from './words.js';

const LOOKING = {
  __init__: ['panel', 'checks'],
  bpmnRenderer: ['type', Renderer],
  panel: ['type', Panel],
  checks: ['type', Checks],
  translate: ['value', inOurs],
};
const DRAWING = {
  __init__: ['naming', 'arrows', 'detours', 'room', 'menus'],
  paletteProvider: ['type', Palette],
  elementFactory: ['type', ElementFactory],
  arrows: ['type', Arrows],
  detours: ['type', Detours],
  labelEditingProvider: ['type', LabelEditing],
  naming: ['type', Naming],
  room: ['type', Room],
  menus: ['type', Menus],
  limits: ['type', Limits],
  autoScroll: ['type', AutoScroll],
  modelingFeedback: ['type', Telling],
};
const NOTHING_CHANGES = { modeling: ['value', null], room: ['value', null], limits: ['value', null] };

export function canvasOf({ edits, ...options }) {
  return edits
    ? new Modeler({ ...options, additionalModules: [minimap, LOOKING, DRAWING] })
    : new NavigatedViewer({ ...options, additionalModules: [minimap, LOOKING, NOTHING_CHANGES] });
}
