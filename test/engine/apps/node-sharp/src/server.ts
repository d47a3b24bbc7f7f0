import { createServer } from 'node:http';
import sharp from 'sharp';

const server = createServer(async (request, response) => {
  const side = Number(request.url?.slice(1)) || 8;
  const red = { create: { width: 64, height: 64, channels: 3 as const, background: '#f00' } };
  const small = await sharp(red).resize(side).png().toBuffer();
  const { width, height, format } = await sharp(small).metadata();
  response.end(`${format} ${width}x${height}\n`);
});
server.listen(3000, () => console.log('listening on 3000'));
process.on('SIGTERM', () => server.close());
