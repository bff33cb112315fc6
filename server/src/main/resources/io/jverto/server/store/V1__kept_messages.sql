-- Messages that wait for users who are not there; fields is a JSON object of texts.
CREATE TABLE kept_message (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id VARCHAR(512) NOT NULL,
    user_domain VARCHAR(512) NOT NULL,
    written_millis BIGINT NOT NULL,
    fields TEXT NOT NULL
);
CREATE INDEX kept_message_user ON kept_message (user_domain, user_id, number);
CREATE INDEX kept_message_age ON kept_message (written_millis);
