-- Networks of a user, separated by commas, which a <node> with his domain in acl.conf holds; empty for none.
ALTER TABLE directory_user ADD COLUMN cidr VARCHAR(1024) DEFAULT '' NOT NULL;
