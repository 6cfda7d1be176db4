/** Runs in a page: a hand of capsules before a plain wall, 640 × 480, moved sideways by so many pixels, as a JPEG. */
export function drawHand(shift: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#dfe3e6';
  context.fillRect(0, 0, 640, 480);
  context.translate(128 + shift, 480 - 520 * 0.6);
  context.scale(0.6, 0.6);
  context.lineCap = 'round';
  const limb = (x0: number, y0: number, x1: number, y1: number, width: number) => {
    const length = Math.hypot(x1 - x0, y1 - y0);
    const [dx, dy] = [((y1 - y0) / length) * (width / 2), (-(x1 - x0) / length) * (width / 2)];
    const skin = context.createLinearGradient(x0 - dx, y0 - dy, x0 + dx, y0 + dy);
    for (const [place, colour] of [
      [0, '#b07a5c'],
      [0.25, '#e3ac8a'],
      [0.6, '#f0c3a4'],
      [1, '#a9704f'],
    ] as const) {
      skin.addColorStop(place, colour);
    }
    context.strokeStyle = skin;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
  };
  limb(320, 520, 320, 400, 95);
  context.fillStyle = '#e6b494';
  context.beginPath();
  context.moveTo(262, 410);
  context.quadraticCurveTo(238, 330, 250, 262);
  context.quadraticCurveTo(320, 230, 388, 268);
  context.quadraticCurveTo(402, 340, 378, 412);
  context.closePath();
  context.fill();
  const fingers = [
    [266, 275, 236, 110, 34],
    [302, 258, 296, 72, 36],
    [340, 260, 352, 84, 35],
    [374, 280, 408, 140, 29],
  ] as const;
  for (const [x0, y0, x1, y1, width] of fingers) limb(x0, y0, x1, y1, width);
  limb(268, 380, 190, 300, 44);
  limb(190, 300, 166, 236, 34);
  context.strokeStyle = 'rgba(140, 85, 60, 0.65)';
  context.lineWidth = 2.5;
  for (const [x0, y0, x1, y1] of fingers) {
    for (const place of [0.05, 0.38, 0.68]) {
      const [x, y] = [x0 + (x1 - x0) * place, y0 + (y1 - y0) * place];
      context.beginPath();
      context.moveTo(x - 14, y);
      context.quadraticCurveTo(x, y + 5, x + 14, y);
      context.stroke();
    }
  }
  return canvas.toDataURL('image/jpeg', 0.9);
}
