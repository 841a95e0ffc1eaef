// Hands a file to whoever stands before the till: by the machine's own way of sending where it has one, else it is saved.
export type GiveFile = (file: Blob, name: string) => Promise<void>;

export const browserGiveFile: GiveFile = async (content, name) => {
  const file = new File([content], name, { type: content.type });
  if (navigator.canShare?.({ files: [file] })) {
    // Who closes the choice without choosing has changed their mind, and nothing is wrong.
    await navigator.share({ files: [file] }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
    });
    return;
  }
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};
