import writeFileAtomic from 'write-file-atomic';

/** Writes beside the file and renames: no reader sees half of it. Mode, owner and a symbolic link's target are kept. */
export async function writeFile(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, text, { encoding: 'utf8' });
}
