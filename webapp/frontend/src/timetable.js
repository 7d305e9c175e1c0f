// The plan editor: its week over the form, and its figures as somebody types.
import { figures } from './parts/figures.js';
import { timetable } from './parts/timetable/week.js';

for (const section of document.querySelectorAll('[data-timetable]')) timetable(section);
for (const editor of document.querySelectorAll('[data-editor]')) figures(editor);
