-- While everything is copied again, devices go on getting what there was: also across a restart.
SET ROLE eventkit_sync;

ALTER TABLE sync.state
  -- The newest operation that devices may have while what is being copied is not whole; null where that is the last one,
  -- and where there was nothing yet.
  ADD COLUMN served_to bigint;

RESET ROLE;
