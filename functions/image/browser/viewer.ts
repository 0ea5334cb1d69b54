/**
 * Runs in the browser, on the page that shows an image: draws it on a canvas, where it can be moved, enlarged, lightened
 * and darkened by mouse, finger or keyboard. It draws what it was given and sends nothing back.
 *
 * Built by infra/ with esbuild (bundle, format esm, minify, target es2022) to `static/viewer.js`.
 */
import type * as Tiff from './tiff.ts';

type Picture = { readonly source: CanvasImageSource; readonly width: number; readonly height: number };

const STEP = 1.25;
const CLOSEST = 32;
const MOVE_PIXELS = 60;

const figure = document.getElementById('viewer');
const words = document.getElementById('viewer-words');
const say = (text: string): void => {
  if (words) words.textContent = text;
};

async function pictureOf(file: string, kind: string): Promise<Picture> {
  if (kind === 'tiff') {
    // Loaded only where it is needed; it lies beside this module.
    const { pixelsOf } = (await import(new URL('tiff.js', import.meta.url).href)) as typeof Tiff;
    const answer = await fetch(file);
    if (!answer.ok) throw new Error(`the store answered ${answer.status}`);
    const pixels = pixelsOf(await answer.arrayBuffer());
    return { source: await createImageBitmap(pixels), width: pixels.width, height: pixels.height };
  }
  const image = document.getElementById('viewer-image') as HTMLImageElement;
  await image.decode();
  return { source: image, width: image.naturalWidth, height: image.naturalHeight };
}

function show(figure: HTMLElement, picture: Picture): void {
  const canvas = document.createElement('canvas');
  canvas.id = 'viewer-canvas';
  canvas.className = 'pa-viewer__canvas';
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute(
    'aria-label',
    'Rendering of the x-ray image. Plus and minus zoom, arrows move, 0 shows the whole image.',
  );
  Object.assign(canvas.style, {
    width: '100%',
    height: '70vh',
    display: 'block',
    touchAction: 'none',
    background: '#000',
  });
  const before = document.getElementById('viewer-image') ?? document.getElementById('viewer-without');
  if (before) {
    before.hidden = true;
    before.after(canvas);
  }
  const drawing = canvas.getContext('2d')!;
  const at = { scale: 1, x: 0, y: 0 };
  const shades = { brightness: 100, contrast: 100 };

  const draw = (): void => {
    drawing.setTransform(1, 0, 0, 1, 0, 0);
    drawing.clearRect(0, 0, canvas.width, canvas.height);
    drawing.imageSmoothingEnabled = at.scale < 2;
    drawing.setTransform(at.scale, 0, 0, at.scale, at.x, at.y);
    drawing.drawImage(picture.source, 0, 0);
    canvas.style.filter = `brightness(${shades.brightness}%) contrast(${shades.contrast}%)`;
  };
  const fit = (): number => Math.min(canvas.width / picture.width, canvas.height / picture.height);
  const whole = (): void => {
    at.scale = fit();
    at.x = (canvas.width - picture.width * at.scale) / 2;
    at.y = (canvas.height - picture.height * at.scale) / 2;
    draw();
  };
  /** Zooms so that the point (px, py) of the canvas stays where it is. */
  const zoom = (by: number, px = canvas.width / 2, py = canvas.height / 2): void => {
    const scale = Math.min(Math.max(CLOSEST, fit() * 4), Math.max(fit() / 2, at.scale * by));
    at.x = px - ((px - at.x) * scale) / at.scale;
    at.y = py - ((py - at.y) * scale) / at.scale;
    at.scale = scale;
    draw();
    say(`Shown at ${Math.round(scale * 100)} percent.`);
  };
  const move = (dx: number, dy: number): void => {
    at.x += dx;
    at.y += dy;
    draw();
  };

  const actions: Readonly<Record<string, () => void>> = {
    closer: () => zoom(STEP),
    farther: () => zoom(1 / STEP),
    whole,
  };
  const keys: Readonly<Record<string, () => void>> = {
    '+': actions.closer!,
    '=': actions.closer!,
    '-': actions.farther!,
    '0': whole,
    ArrowLeft: () => move(MOVE_PIXELS, 0),
    ArrowRight: () => move(-MOVE_PIXELS, 0),
    ArrowUp: () => move(0, MOVE_PIXELS),
    ArrowDown: () => move(0, -MOVE_PIXELS),
  };
  canvas.addEventListener('keydown', (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      zoom(event.deltaY < 0 ? STEP : 1 / STEP, event.offsetX * devicePixelRatio, event.offsetY * devicePixelRatio);
    },
    { passive: false },
  );
  canvas.addEventListener('pointerdown', (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener('pointermove', (event) => {
    if (canvas.hasPointerCapture(event.pointerId))
      move(event.movementX * devicePixelRatio, event.movementY * devicePixelRatio);
  });
  for (const button of figure.querySelectorAll<HTMLButtonElement>('[data-do]'))
    button.addEventListener('click', () => actions[button.dataset.do ?? '']?.());
  for (const slider of figure.querySelectorAll<HTMLInputElement>('[data-set]')) {
    slider.addEventListener('input', () => {
      shades[slider.dataset.set === 'contrast' ? 'contrast' : 'brightness'] = Number(slider.value);
      draw();
    });
  }

  new ResizeObserver(() => {
    canvas.width = canvas.clientWidth * devicePixelRatio;
    canvas.height = canvas.clientHeight * devicePixelRatio;
    whole();
  }).observe(canvas);
  const tools = document.getElementById('viewer-tools');
  if (tools) tools.hidden = false;
}

if (figure) {
  pictureOf(figure.dataset.file ?? '', figure.dataset.kind ?? '').then(
    (picture) => {
      show(figure, picture);
      say(`Shown whole: ${picture.width} by ${picture.height} pixels.`);
    },
    () =>
      say(
        'The image could not be shown. The five minutes may be over, or this kind of picture is not known here. Go back and open it again, or save the original.',
      ),
  );
}
