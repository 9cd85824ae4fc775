import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, openWindow, type Window } from './steps/browser.ts';
import { checkPage } from './steps/page-checks.ts';
import { cast } from './steps/people.ts';
import { signInStaff } from './steps/staff.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** The department of the demonstration that has no schedule for the next year. */
const LATE_DEPARTMENT = 8;

/**
 * The year of a department from the side of those who make it: the administrator sees who is late and keeps the calendar and
 * the map, the head publishes. One journey after another; each leaves the service as the next one needs it.
 */
describe('the year of a department', () => {
  let world: World;
  let year: number;
  const windows: Window[] = [];
  beforeAll(async () => {
    world = openWorld();
    year = (await world.now()).getUTCFullYear() + 1;
  });
  afterAll(async () => {
    await closeBrowser();
    await world.close();
  });

  const open = async (
    iin: string,
    way: Parameters<typeof openWindow>[0] & { language: 'kk' | 'ru' | 'en' },
  ) => {
    const signIn = await openWindow({ ...way, scripts: true });
    await signInStaff(world, signIn.page, iin, way.language);
    if (way.scripts !== false) {
      windows.push(signIn);
      return signIn;
    }
    // Signing needs scripts; everything after it does not.
    const plain = await openWindow(way);
    await plain.context.addCookies(await signIn.context.cookies());
    await signIn.close();
    windows.push(plain);
    return plain;
  };
  const submit = (window: Window, action: string) =>
    Promise.all([
      window.page.waitForNavigation(),
      window.page.locator(`form[action*="${action}"] button`).last().click(),
    ]);
  const staffOf = async (role: string, department: number | null) => {
    const [row] = await world.sql<{ iin: string }[]>`
      select p.iin from staff_role r join person p on p.id = r.person_id left join department d on d.id = r.department_id
       where r.role = ${role} ${department === null ? world.sql`` : world.sql`and d.number = ${department}`} limit 1`;
    if (!row) throw new Error(`The demonstration has no ${role}`);
    return row.iin;
  };
  const placesOf = async (department: number) => {
    const [row] = await world.sql<{ count: number }[]>`
      select count(*)::int as count from place p join department d on d.id = p.department_id
       where d.number = ${department} and extract(year from p.day) = ${year} and p.closed_by_trip is null`;
    return row?.count ?? 0;
  };

  it('EQ-04: the administrator sees the late department; its head publishes without JavaScript, twice with one effect', async () => {
    const administrator = await open((await cast(world, 'portal-admin')).iin, { language: 'ru' });
    const list = `${world.at.admin}/ru/schedule/departments`;
    await administrator.page.goto(list);
    const late = administrator.page.locator('tbody tr').first();
    expect(await late.innerText()).toContain(String(LATE_DEPARTMENT));
    expect(await checkPage(administrator.page, { language: 'ru', target: 24 })).toEqual([]);

    const head = await open(await staffOf('department-head', LATE_DEPARTMENT), {
      language: 'kk',
      scripts: false,
      width: 320,
    });
    await head.page.goto(`${world.at.admin}/kk/schedule?year=${year}`);
    const first = head.page.locator('#from-0');
    expect(await first.inputValue()).toBe(`${year}-01-01`);
    await head.page.locator('#from-1').fill(`${year}-12-31`);
    await head.page.locator('#until-1').fill(`${year}-12-31`);
    await head.page.locator('#places-1').fill('1');
    await submit(head, 'preview');
    expect(await head.page.locator('#error-summary a').getAttribute('href')).toBe('#from-1');
    await head.page.locator('#from-1').fill('');
    await head.page.locator('#until-1').fill('');
    await submit(head, 'preview');
    await head.page.locator('#preview').waitFor();
    expect(await placesOf(LATE_DEPARTMENT)).toBe(0);
    await submit(head, 'publish');
    await head.page.locator('[role=status]').waitFor();
    const made = await placesOf(LATE_DEPARTMENT);
    expect(made).toBeGreaterThan(1000);
    await submit(head, 'preview');
    expect(await head.page.locator('form[action*="publish"]').count()).toBe(0);
    expect(await placesOf(LATE_DEPARTMENT)).toBe(made);

    await administrator.page.reload();
    expect(await administrator.page.locator('tbody .tag--bad').count()).toBe(0);
  });

  it('EQ-09: a new day off closes free places; one with bookings in the way is refused and names them', async () => {
    const administrator = await open((await cast(world, 'portal-admin')).iin, { language: 'en', width: 320 });
    const { page } = administrator;
    const [free] = await world.sql<{ day: string; places: number }[]>`
      select day::text as day, count(*)::int as places from place where extract(year from day) = ${year} and closed_by_trip is null
       group by day having count(booking_id) = 0 order by day limit 1`;
    const [busy] = await world.sql<{ day: string }[]>`
      select day::text as day from booking where state = 'booked' and day > (select min(day) from booking where state = 'booked') order by day desc limit 1`;
    if (!free || !busy) throw new Error('The demonstration has no such days');
    const enter = async (day: string) => {
      await page.goto(`${world.at.admin}/en/calendar?year=${day.slice(0, 4)}`);
      await page.locator('#date').fill(day);
      await page.locator('input[name=kind][value=day-off]').check();
      for (const name of ['nameKk', 'nameRu', 'nameEn', 'basis']) await page.locator(`#${name}`).fill('№ 1');
      await submit(administrator, 'preview');
      await page.locator('#preview').waitFor();
    };
    await enter(busy.day);
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
    expect(await page.locator('form[action*="save"]').count()).toBe(0);

    await enter(free.day);
    expect(await checkPage(page, { language: 'en', target: 24 })).toEqual([]);
    await submit(administrator, 'save');
    const open_ = () =>
      world.sql`select id from place where day = ${free.day}::date and closed_by_trip is null`;
    expect(await open_()).toHaveLength(0);
    await page.locator(`form:has(input[value="${free.day}"]) button`).click();
    await page.locator('form[action*="remove"]').waitFor();
    await submit(administrator, 'remove');
    expect(await open_()).toHaveLength(free.places);
  });

  it('EQ-02: the days that law wants are proposed, and only what the administrator ticks is entered', async () => {
    const administrator = await open((await cast(world, 'portal-admin')).iin, {
      language: 'kk',
      width: 320,
      scripts: false,
    });
    const { page } = administrator;
    const days = () =>
      world.sql<
        { date: string }[]
      >`select date::text as date from calendar_day where extract(year from date) = ${year + 1}`;
    await page.goto(`${world.at.admin}/kk/calendar/proposal?year=${year + 1}`);
    expect(await checkPage(page, { language: 'kk', target: 24 })).toEqual([]);
    await submit(administrator, 'enter');
    await page.locator('#error-summary').waitFor();
    expect(await days()).toHaveLength(0);
    const boxes = page.locator('input[name=date]');
    const [first, second] = [await boxes.nth(0).inputValue(), await boxes.nth(1).inputValue()];
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await submit(administrator, 'enter');
    await page.locator('[role=status]').waitFor();
    expect((await days()).map(({ date }) => date).sort()).toEqual([first, second]);
    await page.goto(`${world.at.admin}/kk/calendar/proposal?year=${year + 1}`);
    expect(await page.locator(`li[data-date="${first}"]`).getAttribute('data-state')).toBe('entered');
    await page.locator('li[data-state=announced] a').click();
    await page.locator('#nameKk').waitFor();
    expect(await page.locator('#nameKk').inputValue()).toContain('айт');
  });

  it('EQ-02: new start times reach the places of all departments in the background, and the page follows', async () => {
    const administrator = await open((await cast(world, 'portal-admin')).iin, { language: 'ru' });
    const { page } = administrator;
    const from = `${year}-11-01`;
    const starts = async () => {
      const rows = await world.sql<{ starts: string }[]>`
        select distinct left(starts_at::text, 5) as starts from place where day >= ${from}::date and closed_by_trip is null order by 1`;
      return rows.map((row) => row.starts);
    };
    await page.goto(`${world.at.admin}/ru/schedule/start-times`);
    await page.locator('#validFrom').fill(from);
    await page.locator('#times').fill('09:00, 10:00, 11:00, 12:00, 15:00');
    await page.locator('#basis').fill('№ 1');
    await submit(administrator, 'preview');
    await submit(administrator, 'save');
    await until('the places', async () => (await starts()).join() === '09:00,10:00,11:00,12:00,15:00');
    await until(
      'the page',
      async () => (await page.locator('[data-part=numbers]').getAttribute('data-live')) === 'no',
    );
    expect(await checkPage(page, { language: 'ru', target: 24 })).toEqual([]);
  });

  it('EQ-03: the map goes out as a file, and comes back in only without mistakes', async () => {
    const administrator = await open((await cast(world, 'portal-admin')).iin, {
      language: 'kk',
      width: 1280,
    });
    const { page } = administrator;
    await page.goto(`${world.at.admin}/kk/territory`);
    expect(await checkPage(page, { language: 'kk', target: 24 })).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[download]').click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    // A unit nobody lives in: other journeys choose people by their department.
    const [row] = await world.sql<{ unit: string; department: number }[]>`
      select u.unit_code as unit, d.number as department from unit_department u join department d on d.id = u.department_id
       where not exists (select from person p where p.unit_code = u.unit_code) order by 1 limit 1`;
    if (!row) throw new Error('People live in every unit of the demonstration');
    const { unit, department } = row;
    expect(text).toContain(`\r\n${unit};${department};`);
    const upload = async (content: string) => {
      await page.goto(`${world.at.admin}/kk/territory/import`);
      await page
        .locator('#file')
        .setInputFiles({ name: 'territory.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
      await submit(administrator, 'preview');
    };
    await upload(text);
    await page.locator('#result').waitFor();
    expect(await page.locator('form[action*="load"]').count()).toBe(0);

    const other = department === 2 ? 3 : 2;
    const heading = 'unit_code;department;valid_from\n';
    await upload(`${heading}${unit};${other};${year}-07-01\n999999999;1;${year}-07-01\n`);
    expect(await page.locator('tbody .tag--bad').count()).toBe(1);
    expect(await page.locator('form[action*="load"]').count()).toBe(0);

    await upload(`${heading}${unit};${other};${year}-07-01\n`);
    await submit(administrator, 'load');
    await until('the change of the map', async () => {
      const rows =
        await world.sql`select 1 from unit_department where unit_code = ${unit} and valid_from = ${`${year}-07-01`}::date`;
      return rows.length === 1;
    });
  });

  it('no page complained', () => {
    expect(windows.flatMap((window) => window.complaints)).toEqual([]);
  });
});
