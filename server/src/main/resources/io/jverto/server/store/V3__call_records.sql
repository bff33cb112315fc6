-- One row for each channel that has ended. record_id is made by the server: the same record comes twice only after a crash, and counts once.
CREATE TABLE call_record (
    record_id VARCHAR(36) PRIMARY KEY,
    uuid VARCHAR(256) NOT NULL,
    bleg_uuid VARCHAR(256) NOT NULL,
    leg VARCHAR(1) NOT NULL,
    direction VARCHAR(8) NOT NULL,
    caller_id_name TEXT NOT NULL,
    caller_id_number TEXT NOT NULL,
    destination_number TEXT NOT NULL,
    context TEXT NOT NULL,
    start_stamp TIMESTAMP WITH TIME ZONE NOT NULL,
    answer_stamp TIMESTAMP WITH TIME ZONE,
    end_stamp TIMESTAMP WITH TIME ZONE NOT NULL,
    duration BIGINT NOT NULL,
    billsec BIGINT NOT NULL,
    hangup_cause VARCHAR(64) NOT NULL,
    accountcode TEXT NOT NULL,
    read_codec VARCHAR(64) NOT NULL,
    write_codec VARCHAR(64) NOT NULL,
    username TEXT NOT NULL,
    network_addr VARCHAR(64) NOT NULL,
    -- a JSON object of texts
    variables TEXT NOT NULL
);
CREATE INDEX call_record_end ON call_record (end_stamp);
CREATE INDEX call_record_uuid ON call_record (uuid);
