-- Voice messages; their sound is in files named by their ids.
CREATE TABLE voice_message (
    id VARCHAR(64) PRIMARY KEY,
    user_id VARCHAR(512) NOT NULL,
    user_domain VARCHAR(512) NOT NULL,
    left_millis BIGINT NOT NULL,
    caller_name VARCHAR(1024) NOT NULL,
    caller_number VARCHAR(1024) NOT NULL,
    seconds INT NOT NULL,
    urgent BOOLEAN NOT NULL,
    saved BOOLEAN NOT NULL
);
CREATE INDEX voice_message_user ON voice_message (user_domain, user_id, left_millis);

-- Passwords of mailboxes that their owners chose.
CREATE TABLE voicemail_password (
    user_id VARCHAR(512) NOT NULL,
    user_domain VARCHAR(512) NOT NULL,
    password VARCHAR(64) NOT NULL,
    PRIMARY KEY (user_domain, user_id)
);
