-- What the applications db and group keep.
CREATE TABLE shared_value (
    realm VARCHAR(255) NOT NULL,
    name VARCHAR(255) NOT NULL,
    content VARCHAR(4096) NOT NULL,
    PRIMARY KEY (realm, name)
);
CREATE TABLE shared_member (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_name VARCHAR(255) NOT NULL,
    member VARCHAR(4096) NOT NULL
);
CREATE INDEX shared_member_group ON shared_member (group_name, number);
