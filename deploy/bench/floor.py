"""The floor that a gated read is held against: FastAPI, asyncpg, BEGIN, SELECT, INSERT, COMMIT, and nothing else."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(os.environ["BENCH_DATABASE"], min_size=10, max_size=10) as pool:
        await pool.execute("CREATE TABLE IF NOT EXISTS floor_case (id text PRIMARY KEY, subject text)")
        await pool.execute("CREATE TABLE IF NOT EXISTS floor_log (id bigserial PRIMARY KEY, case_id text, who text)")
        await pool.execute("INSERT INTO floor_case VALUES ('one', 'Praktik') ON CONFLICT DO NOTHING")
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan, telemetry={"logs": False})


@app.get("/read")
async def read() -> dict[str, str]:
    async with app.state.pool.acquire() as connection, connection.transaction():
        row = await connection.fetchrow("SELECT id, subject FROM floor_case WHERE id = $1", "one")
        await connection.execute("INSERT INTO floor_log (case_id, who) VALUES ($1, $2)", "one", "lena")
    return {"id": row["id"], "subject": row["subject"]}
