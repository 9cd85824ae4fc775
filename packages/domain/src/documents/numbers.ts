/**
 * Number of an MSE act: `11-01-2026-000123`: region by the national classifier, number of the department (00 while the person's
 * place of registration has none), year, and the place in the row of that department and year, which has no gaps.
 */
export function actNumber(place: {
  regionCode: string;
  departmentNumber: number | null;
  year: number;
  sequence: number;
}): string {
  const department = String(place.departmentNumber ?? 0).padStart(2, '0');
  return `${place.regionCode}-${department}-${place.year}-${String(place.sequence).padStart(6, '0')}`;
}

/** PX-53: number of a document: its act's, and its place among the documents of the act, from 1. */
export function documentNumber(actNo: string, place: number): string {
  return `${actNo}/${place}`;
}
