-- When the user got his password: milliseconds since 1970; 0 for before this column was there.
ALTER TABLE directory_user ADD COLUMN password_at BIGINT DEFAULT 0 NOT NULL;
