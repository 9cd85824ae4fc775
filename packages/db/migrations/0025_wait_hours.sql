-- EQ-09: whoever waits for a freed time may want certain hours of the day only; none named means any.
alter table wait_entry add column wanted_times text[] not null default '{}';
