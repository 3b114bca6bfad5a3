"""What every service is made of; knows nothing of councils or competence."""
