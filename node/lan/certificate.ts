// Certificates of the store box itself: a small authority of its own, which people let their tablets trust once, and the certificate of its
// web server, signed by it. The authority can sign for names and addresses of the shop's network alone: whoever steals its key can pretend to
// be no bank.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Time,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import type { RandomBytes } from '#schema/values/clock';

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** Phones refuse what is valid for more than 825 days; a new one is made long before it ends. */
export const SERVER_DAYS = 180;
/** A tablet whose clock is behind must not take it for one of the future. */
const BEFORE_MS = 2 * DAY_MS;

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';

/** Names that no public site has, with whatever stands before them. */
const localNames = ['localhost', 'local', 'lan', 'internal', 'home.arpa'];
const localNetworks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  'fc00::/7',
];

export interface Authority {
  /** PEM. */
  certificate: string;
  privateKey: string;
}

export interface MakingParts {
  now: number;
  random: RandomBytes;
}

/** `names` are those of this box that are not local by themselves. */
export function makeAuthority(storeName: string, names: readonly string[], parts: MakingParts): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = nameOf(`Lapak ${storeName}`);
  const permitted = [
    ...[...localNames, ...names].map((dNSName) => ({ dNSName })),
    ...localNetworks.map((iPAddress) => ({ iPAddress })),
  ];
  const trees = permitted.map((base) => new GeneralSubtree({ base: new GeneralName(base) }));
  const certificate = issue({
    ...parts,
    days: AUTHORITY_DAYS,
    subject,
    issuer: subject,
    publicKey,
    signer: privateKey,
    signerKey: publicKey,
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign), true),
      // Not critical: Mbed TLS, which boards have, reads no certificate where it is. Who knows it holds to it all the same.
      extension(id_ce_nameConstraints, new NameConstraints({ permittedSubtrees: new GeneralSubtrees(trees) })),
    ],
  });
  return { certificate, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

/** Whether an authority that was made for these names may sign for this one. */
export const covers = (names: readonly string[], name: string): boolean =>
  [...localNames, ...names].some((known) => name === known || name.endsWith(`.${known}`));

export interface ServerCertificate {
  /** PEM: its own and the authority's. */
  cert: string;
  key: string;
  notAfter: number;
}

export function makeServerCertificate(authority: Authority, hosts: readonly string[], parts: MakingParts): ServerCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = createPrivateKey(authority.privateKey);
  const names = hosts.map((host) => new GeneralName(isIPv4(host) || isIPv6(host) ? { iPAddress: host } : { dNSName: host }));
  const cert = issue({
    ...parts,
    days: SERVER_DAYS,
    subject: nameOf('Lapak'),
    issuer: issuerOf(authority),
    publicKey,
    signer,
    signerKey: createPublicKey(signer),
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_subjectAltName, new SubjectAlternativeName(names)),
    ],
  });
  return {
    cert: `${cert}${authority.certificate}`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    notAfter: parts.now + SERVER_DAYS * DAY_MS,
  };
}

interface Issuing extends MakingParts {
  days: number;
  subject: Name;
  issuer: Name;
  publicKey: KeyObject;
  signer: KeyObject;
  signerKey: KeyObject;
  extensions: Extension[];
}

function issue({ now, random, days, subject, issuer, publicKey, signer, signerKey, extensions }: Issuing): string {
  const algorithm = new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const toBeSigned = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialFrom(random(16)),
    signature: algorithm,
    issuer,
    validity: validFrom(now - BEFORE_MS, now + days * DAY_MS),
    subject,
    subjectPublicKeyInfo: AsnConvert.parse(spki(publicKey), SubjectPublicKeyInfo),
    extensions: new Extensions([
      ...extensions,
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyHash(publicKey))),
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyHash(signerKey)) }),
      ),
    ]),
  });
  const bytes = Buffer.from(AsnConvert.serialize(toBeSigned));
  const signature = sign('sha256', bytes, { key: signer, dsaEncoding: 'der' });
  const certificate = new Certificate({
    tbsCertificate: toBeSigned,
    signatureAlgorithm: algorithm,
    signatureValue: exactly(signature),
  });
  return pemOf(Buffer.from(AsnConvert.serialize(certificate)));
}

/** Times from 2050 on are written another way; whole seconds, as the format has no others. */
function validFrom(from: number, to: number): Validity {
  const wholeSecond = (at: number) => new Date(Math.floor(at / 1_000) * 1_000);
  const validity = new Validity({ notBefore: wholeSecond(from), notAfter: wholeSecond(to) });
  validity.notBefore = new Time(wholeSecond(from));
  validity.notAfter = new Time(wholeSecond(to));
  return validity;
}

/** Positive, and without a zero in front that the format forbids. */
function serialFrom(bytes: Uint8Array): ArrayBuffer {
  const serial = Uint8Array.from(bytes);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial.buffer;
}

const extension = (extnID: string, value: object, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

const nameOf = (commonName: string): Name =>
  new Name(
    [
      [ORGANISATION, 'Lapak'],
      [COMMON_NAME, commonName.slice(0, 64)],
    ].map(
      ([type = '', utf8String = '']) =>
        new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String }) })]),
    ),
  );

const issuerOf = ({ certificate }: Authority): Name =>
  AsnConvert.parse(exactly(bytesOf(certificate)), Certificate).tbsCertificate.subject;

const spki = (key: KeyObject): ArrayBuffer => exactly(key.export({ type: 'spki', format: 'der' }));

const keyHash = (key: KeyObject): ArrayBuffer =>
  exactly(
    createHash('sha256')
      .update(new Uint8Array(spki(key)))
      .digest()
      .subarray(0, 20),
  );

const exactly = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

const pemOf = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** The bytes of a certificate in PEM. */
export const bytesOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
