-- Domains, groups and users beside those of the configuration. Every ..._key is a name in lower case, by which it is found; the name as it was
-- written stands beside it.
CREATE TABLE directory_domain (
    domain_key VARCHAR(256) PRIMARY KEY,
    name VARCHAR(256) NOT NULL
);
CREATE TABLE directory_user (
    domain_key VARCHAR(256) NOT NULL REFERENCES directory_domain (domain_key) ON DELETE CASCADE,
    user_key VARCHAR(256) NOT NULL,
    name VARCHAR(256) NOT NULL,
    -- number-alias, in lower case; empty for none
    alias_key VARCHAR(256) NOT NULL,
    PRIMARY KEY (domain_key, user_key)
);
CREATE INDEX directory_user_alias ON directory_user (domain_key, alias_key);
-- Who belongs to which group. The settings of the group with the place 0 are the user's too; the others are pointers.
CREATE TABLE directory_member (
    domain_key VARCHAR(256) NOT NULL,
    user_key VARCHAR(256) NOT NULL,
    group_key VARCHAR(256) NOT NULL,
    name VARCHAR(256) NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (domain_key, user_key, group_key),
    FOREIGN KEY (domain_key, user_key) REFERENCES directory_user (domain_key, user_key) ON DELETE CASCADE
);
CREATE INDEX directory_member_group ON directory_member (domain_key, group_key);
-- Params and variables. owner_kind is domain, group or user, owner_key is empty for the domain; kind is param or variable.
CREATE TABLE directory_setting (
    domain_key VARCHAR(256) NOT NULL REFERENCES directory_domain (domain_key) ON DELETE CASCADE,
    owner_kind VARCHAR(8) NOT NULL,
    owner_key VARCHAR(256) NOT NULL,
    kind VARCHAR(8) NOT NULL,
    name_key VARCHAR(256) NOT NULL,
    name VARCHAR(256) NOT NULL,
    setting_value TEXT NOT NULL,
    PRIMARY KEY (domain_key, owner_kind, owner_key, kind, name_key)
);
