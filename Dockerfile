# Dripdesk in an image: the packages of the lock, and the model of the content. No settings, no
# secrets. deploy/compose.yml runs it.

FROM python:3.11-slim-bookworm AS build
WORKDIR /opt/dripdesk
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
ENV UV_PYTHON_DOWNLOADS=never UV_NO_CACHE=1 PIP_NO_CACHE_DIR=1
# First what seldom changes: the packages are fetched anew only with the lock.
COPY Makefile bootstrap.lock requirements.lock .python-version ./
COPY addons/slim addons/slim
RUN make .venv/ready
COPY . .
# What only developers use goes: the names are those of pyproject.toml.
RUN make train \
    && .uv/bin/uv pip uninstall --python .venv/bin/python \
       aiosmtpd gsm0338 httpx2 hypothesis mypy pytest pytest-xdist ruff types-jsonschema \
    && .venv/bin/python -m compileall -q actions addons dripdesk \
    && rm -rf .uv .rasa tests Makefile bootstrap.lock \
    && mkdir -p local

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent dripdesk \
    && install --directory --owner=dripdesk --mode=0700 /var/lib/dripdesk
COPY --from=build /opt/dripdesk /opt/dripdesk
WORKDIR /opt/dripdesk
ENV DRIPDESK_MODE=production \
    DATABASE_URL=sqlite:////var/lib/dripdesk/dripdesk.db \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
VOLUME /var/lib/dripdesk
USER 10001
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD [".venv/bin/python", "-m", "addons.health"]
ENTRYPOINT [".venv/bin/python"]
CMD ["-m", "addons.server"]
