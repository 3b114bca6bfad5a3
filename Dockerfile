# One image for every program of the house; the command says which.
# BASE may be any image with Python 3.11 or newer, its venv module and the system's certificates.
ARG BASE=docker.io/library/python:3.11-slim-bookworm

FROM ${BASE} AS built
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt \
    UV_SYSTEM_CERTS=true \
    UV_LINK_MODE=copy \
    UV_PROJECT_ENVIRONMENT=/opt/house
WORKDIR /house
RUN python3 -m venv /opt/uv \
 && /opt/uv/bin/pip install --quiet --no-cache-dir --disable-pip-version-check uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN python="$(command -v python3)" \
 && /opt/uv/bin/uv sync --quiet --locked --no-dev --no-cache --compile-bytecode --python "$python"
COPY alembic.ini ./
COPY services services
COPY gateway gateway
COPY frontend frontend
COPY operations operations
COPY migrations migrations
COPY docs/openapi.json docs/
RUN /opt/house/bin/python -m compileall -q services gateway operations migrations

FROM ${BASE}
LABEL org.opencontainers.image.title="Kompetensnav" \
      org.opencontainers.image.description="Regional competence supply: actors, councils, needs and analysis" \
      org.opencontainers.image.licenses="EUPL-1.2"
COPY --from=built /opt/house /opt/house
COPY --from=built /house /house
ENV PATH=/opt/house/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data
WORKDIR /house
RUN mkdir -m 0750 /data && chown 10001:10001 /data
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "operations"]
CMD ["serve", "gateway"]
