-- How the sound of a channel was. NULL where none came, or where the client reported nothing.
ALTER TABLE call_record ADD COLUMN mos NUMERIC(3, 2);
ALTER TABLE call_record ADD COLUMN loss_percent NUMERIC(5, 2);
ALTER TABLE call_record ADD COLUMN concealed_percent NUMERIC(5, 2);
ALTER TABLE call_record ADD COLUMN remote_loss_percent NUMERIC(5, 2);
ALTER TABLE call_record ADD COLUMN jitter_ms NUMERIC(9, 1);
ALTER TABLE call_record ADD COLUMN round_trip_ms NUMERIC(9, 1);
