export interface SignatureHeader {
  readonly algorithm: string | undefined;
  readonly keyVersion: string | undefined;
  /** Still Base64, percent escapes already decoded. */
  readonly signature: string | undefined;
}

/** Writes the `Signature` header around a Base64 signature, URL-encoded as Antom wants it. */
export const signatureHeader = (base64: string, keyVersion = '1'): string =>
  `algorithm=RSA256,keyVersion=${keyVersion},signature=${encodeURIComponent(base64)}`;

/** Takes a `Signature` header apart. A part that is named twice counts as absent: nobody can say which one is meant. */
export function readSignatureHeader(header: string): SignatureHeader {
  const parts = header.split(',').map((part) => part.trim());
  const valueOf = (name: string): string | undefined => {
    const found = parts.filter((part) => part.startsWith(`${name}=`));
    return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
  };
  const signature = valueOf('signature');
  return {
    algorithm: valueOf('algorithm'),
    keyVersion: valueOf('keyVersion'),
    signature: signature === undefined ? undefined : decodePercentEscapes(signature),
  };
}

/** Unlike form decoding this leaves "+" alone: it is a letter of Base64. The usual escapes go first, because that is quick. */
function decodePercentEscapes(text: string): string {
  const quick = text.replaceAll('%2B', '+').replaceAll('%2F', '/').replaceAll('%3D', '=');
  if (!quick.includes('%')) return quick;
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
