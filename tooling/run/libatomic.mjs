import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** `libatomic/compare-exchange.c`, compiled for Linux x64 as that file tells, and gzipped. */
const packedLibrary =
  'H4sIAAAAAAACA71UQWsTURD+9iWGpIG+NvSgKESvHh4WLzmoRKuyxRYRREEP6zbZbQJNVrIbbU8KEWzIVdCfUS9tj5Ue7M/wItKD' +
  'EO/Kk2xm4u6jQQXx28O3M7PzZnZm3ry4tXJbWBYYGVzDLwmoEn/KJHUVZFHFDArxt6cwHe9EmjE3ppFfLmkvpXmINLOf+Eu/PPG9' +
  'z1E9hz8HhYvzzFBcJHTTcBHAPL5pUz/yKSGHOTroNRscx42CVrPm1ILWU7fjOd5mreG21z1sNNfGJhUGahEryzeu37+7urzkLKpL' +
  'cUYiPpeey1+xAOAcgLOJmAIWntyR1kIivyRk0Vey/Gr8Xq7C7uls9Oh5xe5pq1uSu0LuFoZyZ1a++dB93D86tHtadB/KPSH3Cv5Q' +
  'vh8Zoi9+X/SPDsk/371iD4Q9KAxtsn+0J/aBGBTYbSfW+rJ8E9gevR63tdbHTa01Zik//pcs8XkqPs/cS5K5txWSZ1gmLhKfJv6u' +
  'dTDiA/r+B8nc5yHJ+xb+D1TYCKNO5K5BNdywAVXfaodbrTFHHaj1dlc98zphM2inBKcOFXmbEZTXcPyO2/JiH7fVrP2DtIpUa2HU' +
  'n5nrKYz7xv2apzOE0R9me7J3xvOaN/p0xrh/3G/mygn3LIkLALTWAftzP/eNuRFTWNFssMzzcmDE5xzzRvyriV13UoC3U/YOY2ly' +
  'j6fsUwNm/FWKzet7si9Fek9mDH9z/5nYJuWD39T/J22HNDhgBgAA';

/**
 * Writes a libatomic.so.1 for Node 26 into a folder.
 * @param {string} folder where the library shall stand; made when missing
 * @returns {string} the folder, to be put into LD_LIBRARY_PATH
 */
export function writeLibatomic(folder) {
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `libatomic.so.1.${process.pid}`);
  writeFileSync(draft, gunzipSync(Buffer.from(packedLibrary, 'base64')));
  renameSync(draft, join(folder, 'libatomic.so.1'));
  return folder;
}
