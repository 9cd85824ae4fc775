/** A Kazakh mobile number in international form, `+77XXXXXXXXX`. */
export type MobilePhone = string & { readonly __brand: 'MobilePhone' };

/** Reads +7…, 8…, 7… with spaces, brackets and dashes; undefined when it is not a Kazakh mobile number. */
export function parseMobilePhone(typed: string): MobilePhone | undefined {
  const digits = typed.normalize('NFKC').replace(/\D/g, '');
  const national = digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits;
  return /^7\d{9}$/.test(national) ? (`+7${national}` as MobilePhone) : undefined;
}

/** `+7 7•• •••-••-67`: enough to recognise one's own number, too little to learn another's. */
export function maskPhone(phone: string): string {
  return `+7 7•• •••-••-${phone.slice(-2)}`;
}
