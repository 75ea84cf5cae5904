#!/bin/sh
# Run once by the database's container: the owner may make the other roles, and is no superuser.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 --set password="$OWNER_PASSWORD" <<'SQL'
CREATE ROLE homeward_owner LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE homeward OWNER homeward_owner;
SQL
