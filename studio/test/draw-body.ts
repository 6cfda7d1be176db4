/**
 * Runs in a page: a person of capsules in a room, 640 × 480, as a JPEG.
 * @param lift of the left arm, from 0, hanging, to 1, up
 */
export function drawBody(lift: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const c = canvas.getContext('2d')!;
  type Colours = readonly (readonly [place: number, colour: string])[];
  const blend = (x0: number, y0: number, x1: number, y1: number, colours: Colours) => {
    const gradient = c.createLinearGradient(x0, y0, x1, y1);
    for (const [place, colour] of colours) gradient.addColorStop(place, colour);
    return gradient;
  };
  const round = (dark: string, light: string): Colours => [
    [0, dark],
    [0.3, light],
    [0.6, light],
    [1, dark],
  ];
  const limb = (x0: number, y0: number, x1: number, y1: number, width: number, colours: Colours) => {
    const length = Math.hypot(x1 - x0, y1 - y0);
    const [dx, dy] = [((y1 - y0) / length) * (width / 2), (-(x1 - x0) / length) * (width / 2)];
    c.strokeStyle = blend(x0 - dx, y0 - dy, x0 + dx, y0 + dy, colours);
    c.lineWidth = width;
    c.beginPath();
    c.moveTo(x0, y0);
    c.lineTo(x1, y1);
    c.stroke();
  };
  const oval = (x: number, y: number, rx: number, ry: number, colour: string | CanvasGradient, from = 0, to = 7) => {
    c.fillStyle = colour;
    c.beginPath();
    c.ellipse(x, y, rx, ry, 0, from, to);
    c.fill();
  };
  const curve = (x0: number, y0: number, x1: number, y1: number, x2: number, y2: number) => {
    c.beginPath();
    c.moveTo(x0, y0);
    c.quadraticCurveTo(x1, y1, x2, y2);
    c.stroke();
  };
  const skin = round('#ad744f', '#eebf9f');
  const shirt = round('#1c3b6b', '#3f6fb5');
  const trousers = round('#1f2329', '#474e5c');
  const room: Colours = [
    [0, '#cfd6da'],
    [0.8, '#bfc6ca'],
    [0.81, '#8c7a66'],
    [1, '#9b8873'],
  ];
  c.fillStyle = blend(0, 0, 0, 480, room);
  c.fillRect(0, 0, 640, 480);
  c.lineCap = 'round';
  for (const side of [-1, 1]) {
    limb(320 + 20 * side, 265, 320 + 26 * side, 350, 40, trousers);
    limb(320 + 26 * side, 350, 320 + 28 * side, 425, 32, trousers);
    limb(320 + 30 * side, 440, 320 + 44 * side, 446, 18, round('#111', '#333'));
  }
  c.fillStyle = blend(270, 0, 370, 0, shirt);
  c.beginPath();
  c.moveTo(272, 128);
  c.quadraticCurveTo(320, 112, 368, 128);
  c.quadraticCurveTo(378, 190, 362, 275);
  c.quadraticCurveTo(320, 285, 278, 275);
  c.quadraticCurveTo(262, 190, 272, 128);
  c.fill();
  // Of the left arm, on the right of the picture: from the shoulder to the elbow, the wrist, the hand.
  for (const [side, up] of [
    [-1, 0],
    [1, lift],
  ]) {
    const turn = (degrees: number, length: number) => [
      side * length * Math.cos((degrees * Math.PI) / 180),
      length * Math.sin((degrees * Math.PI) / 180),
    ];
    const [ex, ey] = turn(67 - 110 * up, 60);
    const [wx, wy] = turn(81 - 161 * up, 56);
    const [x, y] = [320 + 48 * side, 140];
    limb(x, y, x + ex, y + ey, 32, shirt);
    limb(x + ex, y + ey, x + ex + wx, y + ey + wy, 22, skin);
    limb(x + ex + wx * 1.12, y + ey + wy * 1.12, x + ex + wx * 1.32, y + ey + wy * 1.32, 20, skin);
  }
  limb(320, 118, 320, 104, 28, skin);
  oval(320, 62, 36, 40, '#3a2618');
  const face = c.createRadialGradient(314, 66, 6, 320, 74, 44);
  face.addColorStop(0, '#f6cfb2');
  face.addColorStop(0.7, '#e3ac8a');
  face.addColorStop(1, '#b9825f');
  oval(320, 74, 30, 38, face);
  oval(320, 44, 31, 15, '#3a2618', Math.PI, 2 * Math.PI);
  for (const side of [-1, 1]) {
    oval(320 + 31 * side, 76, 5, 9, '#e3ac8a');
    const x = 320 + 12 * side;
    oval(x, 70, 6, 3.4, '#fff');
    oval(x, 70, 3, 3, '#3b2a20');
    c.lineWidth = 2.4;
    c.strokeStyle = '#4a3222';
    curve(x - 8, 63, x, 59, x + 8, 63);
  }
  c.strokeStyle = '#b98160';
  curve(319, 72, 314, 86, 321, 87);
  c.lineWidth = 3.6;
  c.strokeStyle = '#a8523f';
  curve(309, 97, 320, 102, 331, 97);
  return canvas.toDataURL('image/jpeg', 0.9);
}
