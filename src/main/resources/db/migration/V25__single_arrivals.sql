-- The filter of one id follows from it: journeys of live pulls, whose pages mostly have one thread, are looked up by it.
CREATE INDEX journey_arrival_single ON journey_arrival (filter) WHERE items = 1;
CREATE INDEX journey_arrival_several ON journey_arrival (id) WHERE items > 1;

-- A search reads the newest mails first.
CREATE INDEX mail_staged ON mail (staged, id);
