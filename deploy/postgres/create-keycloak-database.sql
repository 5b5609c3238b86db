-- Runs once, when the container makes its data directory. Empty and harmless where Keycloak is not used.
CREATE DATABASE keycloak;
